<?php
/**
 * The widget's script, which this plugin has with it.
 *
 * @package OmniCall
 */

defined( 'ABSPATH' ) || exit;

add_action(
	'init',
	static function () {
		wp_register_script(
			'omni-call',
			plugins_url( 'assets/omni-call.js', OMNI_CALL_FILE ),
			array(),
			OMNI_CALL_VERSION,
			true
		);
	}
);

// WordPress has known of modules since 6.5 only.
add_filter(
	'script_loader_tag',
	static function ( string $tag, string $handle, string $src ): string {
		if ( 'omni-call' !== $handle ) {
			return $tag;
		}
		return wp_get_script_tag(
			array(
				'type' => 'module',
				'src'  => $src,
				'id'   => 'omni-call-js',
			)
		);
	},
	10,
	3
);
