<?php
/**
 * Settings → Omni Call.
 *
 * @package OmniCall
 */

defined( 'ABSPATH' ) || exit;

/**
 * Shows one field of the form.
 *
 * @param array $field Its name, type, placeholder and help.
 */
function omni_call_show_field( array $field ): void {
	printf(
		'<input class="regular-text code" id="omni-call-%1$s" name="omni_call[%1$s]" type="%2$s" value="%3$s" placeholder="%4$s" aria-describedby="omni-call-%1$s-help"><p class="description" id="omni-call-%1$s-help">%5$s</p>',
		esc_attr( $field['name'] ),
		esc_attr( $field['type'] ),
		esc_attr( omni_call_settings()[ $field['name'] ] ),
		esc_attr( $field['placeholder'] ),
		esc_html( $field['help'] )
	);
}

/** The fields, by their names. */
function omni_call_fields(): array {
	return array(
		'server' => array(
			'title'       => __( 'Call server', 'omni-call' ),
			'type'        => 'url',
			'placeholder' => 'https://calls.example.com',
			'help'        => __( 'The address of your omni-call server.', 'omni-call' ),
		),
		'key'    => array(
			'title'       => __( 'Publishable key', 'omni-call' ),
			'type'        => 'text',
			'placeholder' => 'pk_…',
			'help'        => __( 'One of the server’s PUBLISHABLE_KEYS, made for this site. Visitors see it; it lets them call the people it names, and nothing else.', 'omni-call' ),
		),
		'callee' => array(
			'title'       => __( 'Who is called', 'omni-call' ),
			'type'        => 'text',
			'placeholder' => 'desk',
			'help'        => __( 'The user id that rings, where a block or shortcode names no other.', 'omni-call' ),
		),
	);
}

/** Shows the page. */
function omni_call_show_settings(): void {
	?>
	<div class="wrap">
		<h1>Omni Call</h1>
		<form action="options.php" method="post">
			<?php
			settings_fields( 'omni_call' );
			do_settings_sections( 'omni_call' );
			submit_button();
			?>
		</form>
		<h2><?php esc_html_e( 'Put a call on a page', 'omni-call' ); ?></h2>
		<p><?php esc_html_e( 'Add the block “Call”, or one of these shortcodes:', 'omni-call' ); ?></p>
		<p><code>[omni_call]</code> <code>[omni_call callee="sales" call_type="audiocall"]</code></p>
		<h2><?php esc_html_e( 'Answer calls here', 'omni-call' ); ?></h2>
		<?php if ( omni_call_secret() ) : ?>
			<p><a href="<?php echo esc_url( admin_url( 'admin.php?page=omni-call' ) ); ?>"><?php esc_html_e( 'Open the page that rings', 'omni-call' ); ?></a></p>
		<?php else : ?>
			<p><?php esc_html_e( 'To have a page in this dashboard that rings, put the server’s AUTH_SECRET into wp-config.php:', 'omni-call' ); ?></p>
			<p><code>define( 'OMNI_CALL_AUTH_SECRET', '…' );</code></p>
		<?php endif; ?>
	</div>
	<?php
}

add_action(
	'admin_init',
	static function () {
		add_settings_section( 'server', '', '__return_null', 'omni_call' );
		foreach ( omni_call_fields() as $name => $field ) {
			add_settings_field(
				$name,
				$field['title'],
				'omni_call_show_field',
				'omni_call',
				'server',
				array(
					'name'      => $name,
					'label_for' => 'omni-call-' . $name,
				) + $field
			);
		}
	}
);

add_action(
	'admin_menu',
	static function () {
		add_options_page(
			'Omni Call',
			'Omni Call',
			'manage_options',
			'omni-call-settings',
			'omni_call_show_settings'
		);
	}
);

add_filter(
	'plugin_action_links_' . plugin_basename( OMNI_CALL_FILE ),
	static function ( array $links ): array {
		$link = sprintf(
			'<a href="%s">%s</a>',
			esc_url( admin_url( 'options-general.php?page=omni-call-settings' ) ),
			esc_html__( 'Settings', 'omni-call' )
		);
		return array_merge( array( $link ), $links );
	}
);
