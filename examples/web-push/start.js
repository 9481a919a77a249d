import { createBackEnd } from './back-end.js';
import { userOf } from './session.js';

const { PORT = '3000', CALL_SERVER, WEBHOOK_SECRET, VAPID_PUBLIC_KEY, VAPID_PRIVATE_KEY, VAPID_SUBJECT } = process.env;

createBackEnd({
  callServer: CALL_SERVER,
  webhookSecret: WEBHOOK_SECRET,
  vapid: { subject: VAPID_SUBJECT, publicKey: VAPID_PUBLIC_KEY, privateKey: VAPID_PRIVATE_KEY },
  userOf,
}).listen(Number(PORT), () => console.log(`http://localhost:${PORT}`));
