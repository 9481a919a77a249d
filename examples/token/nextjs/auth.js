// Stands in for your own sign-in: it believes a cookie. Do not copy this one.
import { cookies } from 'next/headers';

export async function auth() {
  const id = (await cookies()).get('user')?.value;
  return id ? { user: { id, name: `Name of ${id}` } } : null;
}
