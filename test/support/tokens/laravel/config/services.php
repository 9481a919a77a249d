<?php
return ['omni_call' => ['secret' => env('OMNI_CALL_AUTH_SECRET')]];
