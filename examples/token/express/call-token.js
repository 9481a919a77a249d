// Express: app.use(callToken), after what sets request.user.
import { Router } from 'express';
import { SignJWT } from 'jose';

const secret = new TextEncoder().encode(process.env.AUTH_SECRET);

export const callToken = Router().post('/call-token', async ({ user }, response) => {
  if (!user) return response.sendStatus(401);
  const token = await new SignJWT({ sub: String(user.id), name: user.name, aud: 'omni-call' })
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime('5m')
    .sign(secret);
  return response.set('cache-control', 'no-store').json({ token });
});
