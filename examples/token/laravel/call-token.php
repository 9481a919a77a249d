<?php
// Laravel: in routes/web.php. config/services.php has 'omni_call' => ['secret' => env('OMNI_CALL_AUTH_SECRET')].

use Illuminate\Http\Request;
use Illuminate\Support\Facades\Route;

Route::post('/call-token', function (Request $request) {
    $user = $request->user() ?? abort(401);
    $encode = fn (string $bytes) => rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');
    $claims = ['sub' => (string) $user->id, 'name' => $user->name, 'aud' => 'omni-call', 'exp' => time() + 300];
    $signed = $encode('{"alg":"HS256"}') . '.' . $encode(json_encode($claims));
    $signature = $encode(hash_hmac('sha256', $signed, config('services.omni_call.secret'), true));

    return response()->json(['token' => "$signed.$signature"])->header('Cache-Control', 'no-store');
});
