// Fastify: app.register(callToken), beside what sets request.user.
import { SignJWT } from 'jose';

const secret = new TextEncoder().encode(process.env.AUTH_SECRET);

export async function callToken(app) {
  app.post('/call-token', async ({ user }, reply) => {
    if (!user) return reply.code(401).send();
    const token = await new SignJWT({ sub: String(user.id), name: user.name, aud: 'omni-call' })
      .setProtectedHeader({ alg: 'HS256' })
      .setExpirationTime('5m')
      .sign(secret);
    return reply.header('cache-control', 'no-store').send({ token });
  });
}
