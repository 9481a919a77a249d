<?php
/**
 * Leaves nothing behind.
 *
 * @package OmniCall
 */

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

delete_option( 'omni_call' );
