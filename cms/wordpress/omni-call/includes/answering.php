<?php
/**
 * A page of the dashboard that rings, for sites whose wp-config.php has the call server's secret.
 *
 * @package OmniCall
 */

defined( 'ABSPATH' ) || exit;

/** Whoever may edit others' posts may answer the site's calls. */
const OMNI_CALL_ANSWERERS = 'edit_others_posts';

/** Gives the secret that the call server checks tokens with; empty: this site has none. */
function omni_call_secret(): string {
	return defined( 'OMNI_CALL_AUTH_SECRET' ) ? (string) OMNI_CALL_AUTH_SECRET : '';
}

/**
 * Signs a JWT by HS256.
 *
 * @param array  $claims What it says.
 * @param string $secret The call server's AUTH_SECRET.
 */
function omni_call_sign( array $claims, string $secret ): string {
	$encode = static function ( string $bytes ): string {
		// phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions.obfuscation_base64_encode -- What a JWT is made of.
		return rtrim( strtr( base64_encode( $bytes ), '+/', '-_' ), '=' );
	};
	$header = array(
		'alg' => 'HS256',
		'typ' => 'JWT',
	);
	$signed = $encode( wp_json_encode( $header ) ) . '.' . $encode( wp_json_encode( $claims ) );
	return $signed . '.' . $encode( hash_hmac( 'sha256', $signed, $secret, true ) );
}

/** Gives the token by which whoever is signed in answers for the site. The page asks for a new one when it needs it. */
function omni_call_token(): WP_REST_Response {
	$token    = omni_call_sign(
		array(
			'sub'  => omni_call_settings()['callee'],
			'name' => mb_substr( wp_get_current_user()->display_name, 0, 64 ),
			'aud'  => 'omni-call',
			'exp'  => time() + 5 * MINUTE_IN_SECONDS,
		),
		omni_call_secret()
	);
	$response = new WP_REST_Response( array( 'token' => $token ) );
	$response->header( 'Cache-Control', 'no-store' );
	return $response;
}

add_action(
	'rest_api_init',
	static function () {
		register_rest_route(
			'omni-call/v1',
			'/token',
			array(
				'methods'             => 'POST',
				'callback'            => 'omni_call_token',
				'permission_callback' => static function (): bool {
					return '' !== omni_call_secret() && current_user_can( OMNI_CALL_ANSWERERS );
				},
			)
		);
	}
);

/** Shows the page. */
function omni_call_show_answering(): void {
	$settings = omni_call_settings();
	echo '<div class="wrap"><h1>' . esc_html__( 'Calls', 'omni-call' ) . '</h1>';
	if ( '' === $settings['server'] || '' === $settings['callee'] ) {
		echo wp_kses_post( omni_call_hint() );
	} else {
		wp_enqueue_script( 'omni-call' );
		wp_enqueue_script(
			'omni-call-answering',
			plugins_url( 'admin/answering.js', OMNI_CALL_FILE ),
			array( 'wp-api-fetch' ),
			OMNI_CALL_VERSION,
			true
		);
		echo '<p>' . esc_html__( 'Keep this page open: it rings when somebody calls.', 'omni-call' ) . '</p>';
		printf( '<div id="omni-call-answering" data-server="%s"></div>', esc_url( $settings['server'] ) );
	}
	echo '</div>';
}

add_action(
	'admin_menu',
	static function () {
		if ( '' === omni_call_secret() ) {
			return;
		}
		add_menu_page(
			__( 'Calls', 'omni-call' ),
			__( 'Calls', 'omni-call' ),
			OMNI_CALL_ANSWERERS,
			'omni-call',
			'omni_call_show_answering',
			'dashicons-phone'
		);
	}
);
