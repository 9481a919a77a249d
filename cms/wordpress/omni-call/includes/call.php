<?php
/**
 * What visitors get: a block and a shortcode that place a call.
 *
 * @package OmniCall
 */

defined( 'ABSPATH' ) || exit;

/**
 * Gives the tag that calls; nothing while the settings are not made, but for those who can make them.
 *
 * @param string $callee    Whom it calls; empty: the one of the settings.
 * @param string $call_type Video, or voice for `audiocall`.
 */
function omni_call_tag( string $callee, string $call_type ): string {
	$settings = omni_call_settings();
	$callee   = '' === $callee ? $settings['callee'] : $callee;
	if ( '' === $settings['server'] || '' === $callee ) {
		return current_user_can( 'manage_options' ) ? omni_call_hint() : '';
	}
	wp_enqueue_script( 'omni-call' );
	return sprintf(
		'<omni-call server="%s" key="%s" display-name="%s" callee="%s" call-type="%s"></omni-call>',
		esc_url( $settings['server'] ),
		esc_attr( $settings['key'] ),
		esc_attr( omni_call_visitor_name() ),
		esc_attr( $callee ),
		'audiocall' === $call_type ? 'audiocall' : 'videocall'
	);
}

/** As whom the one who is called sees whoever calls: by name where that is known, else by the page that they are on. */
function omni_call_visitor_name(): string {
	$user = wp_get_current_user();
	$page = html_entity_decode( wp_strip_all_tags( get_the_title() ), ENT_QUOTES );
	$name = $user->exists()
		? $user->display_name
		/* translators: %s: the title of the page that they are on, or of the site. */
		: sprintf( __( 'Visitor of “%s”', 'omni-call' ), '' === $page ? get_bloginfo( 'name' ) : $page );
	return mb_substr( $name, 0, 64 );
}

/** Tells whoever can make the settings that they are missing. */
function omni_call_hint(): string {
	return sprintf(
		'<p>%s <a href="%s">%s</a></p>',
		esc_html__( 'Calls are not set up yet. Only you see this.', 'omni-call' ),
		esc_url( admin_url( 'options-general.php?page=omni-call-settings' ) ),
		esc_html__( 'Settings', 'omni-call' )
	);
}

add_shortcode(
	'omni_call',
	static function ( $attributes ): string {
		$given = shortcode_atts(
			array(
				'callee'    => '',
				'call_type' => 'videocall',
			),
			$attributes,
			'omni_call'
		);
		return omni_call_tag( $given['callee'], $given['call_type'] );
	}
);

add_action(
	'init',
	static function () {
		register_block_type(
			plugin_dir_path( OMNI_CALL_FILE ) . 'block',
			array(
				'render_callback' => static function ( array $attributes ): string {
					$tag = omni_call_tag( $attributes['callee'], $attributes['callType'] );
					return '' === $tag ? '' : sprintf( '<div %s>%s</div>', get_block_wrapper_attributes(), $tag );
				},
			)
		);
		wp_set_script_translations(
			'omni-call-call-editor-script',
			'omni-call',
			plugin_dir_path( OMNI_CALL_FILE ) . 'languages'
		);
	}
);
