<?php
/**
 * Plugin Name:       Omni Call
 * Description:       Video and voice calls between a visitor and you, on any page, over a call server of your own.
 * Version:           0.1.0
 * Requires at least: 6.1
 * Requires PHP:      7.4
 * Author:            The omni-call project
 * License:           MIT
 * License URI:       https://opensource.org/license/mit
 * Text Domain:       omni-call
 * Domain Path:       /languages
 *
 * @package OmniCall
 */

defined( 'ABSPATH' ) || exit;

const OMNI_CALL_VERSION = '0.1.0';
const OMNI_CALL_FILE    = __FILE__;

add_action(
	'init',
	static function () {
		load_plugin_textdomain( 'omni-call', false, dirname( plugin_basename( OMNI_CALL_FILE ) ) . '/languages' );
	},
	0
);

require __DIR__ . '/includes/settings.php';
require __DIR__ . '/includes/script.php';
require __DIR__ . '/includes/call.php';
require __DIR__ . '/includes/answering.php';
if ( is_admin() ) {
	require __DIR__ . '/includes/settings-page.php';
}
