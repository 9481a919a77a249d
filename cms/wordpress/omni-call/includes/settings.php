<?php
/**
 * The three settings: one option, an array of texts.
 *
 * @package OmniCall
 */

defined( 'ABSPATH' ) || exit;

/** Gives the settings; one that was never made is an empty text. */
function omni_call_settings(): array {
	$none = array(
		'server' => '',
		'key'    => '',
		'callee' => '',
	);
	return array_merge( $none, array_intersect_key( (array) get_option( 'omni_call', array() ), $none ) );
}

/**
 * Gives the address of a call server without what does not belong to it.
 *
 * @param string $address What somebody typed.
 * @return string|null Null: it is none. Cameras work on secure pages only, and those connect to secure servers only.
 */
function omni_call_server_of( string $address ): ?string {
	$parts  = wp_parse_url( trim( $address ) );
	$scheme = $parts['scheme'] ?? '';
	$host   = $parts['host'] ?? '';
	$local  = in_array( $host, array( 'localhost', '127.0.0.1' ), true );
	if ( '' === $host || ! ( 'https' === $scheme || ( 'http' === $scheme && $local ) ) ) {
		return null;
	}
	$port = isset( $parts['port'] ) ? ':' . $parts['port'] : '';
	return esc_url_raw( $scheme . '://' . $host . $port . rtrim( $parts['path'] ?? '', '/' ) );
}

/**
 * Makes of what the form sent what is kept.
 *
 * @param mixed $sent The fields.
 */
function omni_call_sanitize( $sent ): array {
	$sent   = is_array( $sent ) ? array_filter( $sent, 'is_string' ) : array();
	$before = omni_call_settings();
	$typed  = trim( $sent['server'] ?? '' );
	$server = '' === $typed ? '' : omni_call_server_of( $typed );
	if ( null === $server ) {
		add_settings_error(
			'omni_call',
			'server',
			__( 'The call server has to be an address that begins with https://. The one before was kept.', 'omni-call' )
		);
	}
	return array(
		'server' => $server ?? $before['server'],
		'key'    => sanitize_text_field( $sent['key'] ?? '' ),
		'callee' => sanitize_text_field( $sent['callee'] ?? '' ),
	);
}

add_action(
	'init',
	static function () {
		register_setting(
			'omni_call',
			'omni_call',
			array(
				'type'              => 'object',
				'sanitize_callback' => 'omni_call_sanitize',
				'show_in_rest'      => false,
			)
		);
	}
);
