<?php
// A Laravel app with the example in it. Asks for a token as nobody, then as somebody who is signed in; prints the answers.

use Illuminate\Auth\GenericUser;
use Illuminate\Contracts;
use Illuminate\Foundation;
use Illuminate\Http\Request;
use Illuminate\Support\Facades;

// Debian's Laravel is older than its PHP.
error_reporting(E_ALL & ~E_DEPRECATED);
require getenv('LARAVEL_AUTOLOAD') ?: 'Illuminate/autoload.php';
[, $folder, $routes] = $argv;

$app = new Foundation\Application($folder);
$app->singleton(Contracts\Http\Kernel::class, Foundation\Http\Kernel::class);
$app->singleton(Contracts\Debug\ExceptionHandler::class, Foundation\Exceptions\Handler::class);
$app->booted(function () use ($routes) {
    Facades\Auth::viaRequest('header', fn (Request $request) => $request->header('x-user')
        ? new GenericUser(['id' => $request->header('x-user'), 'name' => 'Ann Example'])
        : null);
    require $routes;
});
$kernel = $app->make(Contracts\Http\Kernel::class);
$answers = array_map(function (array $headers) use ($kernel) {
    $answer = $kernel->handle(Request::create('/call-token', 'POST', [], [], [], $headers + ['HTTP_ACCEPT' => 'application/json']));
    return [
        'status' => $answer->getStatusCode(),
        'cacheControl' => $answer->headers->get('cache-control'),
        'body' => $answer->getContent(),
    ];
}, [[], ['HTTP_X_USER' => '7']]);
echo json_encode($answers);
