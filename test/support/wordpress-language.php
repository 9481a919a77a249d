<?php
// WordPress without any language packs: the address says which language a page of the dashboard is in.
add_filter( 'determine_locale', fn( $locale ) => $_GET['language'] ?? $locale );
