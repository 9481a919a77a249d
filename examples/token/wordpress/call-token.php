<?php
/**
 * WordPress: a file for wp-content/mu-plugins, for sites that do without the plugin. POST /wp-json/calls/v1/token, with
 * the nonce of wp_create_nonce( 'wp_rest' ) as X-WP-Nonce. wp-config.php defines OMNI_CALL_AUTH_SECRET.
 */

defined( 'ABSPATH' ) || exit;

function calls_token(): WP_REST_Response {
	$user      = wp_get_current_user();
	$encode    = fn( string $bytes ) => rtrim( strtr( base64_encode( $bytes ), '+/', '-_' ), '=' );
	$claims    = array(
		'sub'  => (string) $user->ID,
		'name' => $user->display_name,
		'aud'  => 'omni-call',
		'exp'  => time() + 300,
	);
	$signed    = $encode( '{"alg":"HS256"}' ) . '.' . $encode( wp_json_encode( $claims ) );
	$signature = $encode( hash_hmac( 'sha256', $signed, OMNI_CALL_AUTH_SECRET, true ) );
	return new WP_REST_Response( array( 'token' => "$signed.$signature" ), 200, array( 'Cache-Control' => 'no-store' ) );
}

add_action(
	'rest_api_init',
	fn() => register_rest_route(
		'calls/v1',
		'/token',
		array(
			'methods'             => 'POST',
			'callback'            => 'calls_token',
			'permission_callback' => 'is_user_logged_in',
		)
	)
);
