// The programs and files that the tests need beside Node's packages. `node scripts/requirements.mjs` prints the Debian packages of the missing ones.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * `env` names the variable that says where the program is, when it is not on the PATH, or the files, when not at `place`.
 * Without one, it has to be there.
 */
const REQUIREMENTS = [
  { env: 'CHROMIUM_PATH', commands: ['chromium', 'chromium-browser', 'google-chrome'], debian: 'chromium' },
  { env: 'FIREFOX_PATH', commands: ['firefox-esr', 'firefox'], debian: 'firefox-esr' },
  { env: 'WEBKIT_DRIVER_PATH', commands: ['WebKitWebDriver'], debian: 'webkit2gtk-driver' },
  // The display that WebKit wants.
  { env: 'XVFB_PATH', commands: ['Xvfb'], debian: 'xvfb' },
  { env: 'REDIS_SERVER_PATH', commands: ['redis-server'], debian: 'redis-server' },
  // A narrow and lossy link.
  { env: 'IP_PATH', commands: ['ip'], debian: 'iproute2' },
  { env: 'NFT_PATH', commands: ['nft'], debian: 'nftables' },
  // The certificate of a TURN server.
  { env: 'OPENSSL_PATH', commands: ['openssl'], debian: 'openssl' },
  // Microphones to plug and unplug.
  { env: 'PULSEAUDIO_PATH', commands: ['pulseaudio'], debian: 'pulseaudio' },
  { env: 'PACTL_PATH', commands: ['pactl'], debian: 'pulseaudio-utils' },
  // It brings ffprobe, with which the tests look at recordings.
  { commands: ['ffmpeg'], debian: 'ffmpeg' },
  // A real WordPress.
  { env: 'MARIADBD_PATH', commands: ['mariadbd'], debian: 'mariadb-server' },
  { env: 'PHP_PATH', commands: ['php'], debian: 'php-cli' },
  {
    env: 'WORDPRESS_PATH',
    place: '/usr/share/wordpress',
    debian: 'wordpress wordpress-theme-twentytwentythree php-mysql',
  },
  // The examples of a token endpoint.
  { env: 'LARAVEL_AUTOLOAD', place: '/usr/share/php/Illuminate/autoload.php', debian: 'php-laravel-framework' },
  { env: 'PYTHON_PATH', commands: ['python3'], debian: 'python3-venv' },
];

function isThere(file, mode) {
  try {
    accessSync(file, mode);
    return true;
  } catch {
    return false;
  }
}

const onPath = (command) =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .filter(Boolean)
    .map((folder) => join(folder, command))
    .find((file) => isThere(file, constants.X_OK));

/** What is there, as environment variables for the tests, and what is not. */
export function checkRequirements() {
  const found = {};
  const missing = [];
  for (const { env, commands, place, debian } of REQUIREMENTS) {
    const file = (env && process.env[env]) || (place ?? commands.map(onPath).find(Boolean));
    if (!file || !isThere(file, place ? constants.R_OK : constants.X_OK))
      missing.push({ what: place ?? commands[0], env, debian });
    else if (env) found[env] = file;
  }
  return { found, missing };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  console.log(
    checkRequirements()
      .missing.map(({ debian }) => debian)
      .join(' '),
  );
}
