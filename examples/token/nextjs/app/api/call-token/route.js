// Next.js: POST /api/call-token. `auth` is your own sign-in's, as Auth.js has it.
import { SignJWT } from 'jose';
import { auth } from '../../../auth.js';

const secret = new TextEncoder().encode(process.env.AUTH_SECRET);

export async function POST() {
  const session = await auth();
  if (!session?.user) return new Response(null, { status: 401 });
  const { id, name } = session.user;
  const token = await new SignJWT({ sub: String(id), name, aud: 'omni-call' })
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime('5m')
    .sign(secret);
  return Response.json({ token }, { headers: { 'cache-control': 'no-store' } });
}
