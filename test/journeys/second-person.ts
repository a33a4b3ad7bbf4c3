// Somebody else at headquarters, with an account and session of their own: what two persons must do, one cannot.
import type { Product } from './product.ts';

export interface SecondPerson {
  readonly account: string;
  /** as `Product.headquarters`, in their session */
  headquarters<T>(path: string, body?: object): Promise<T>;
}

export async function signInAs(
  product: Product,
  account: string,
  roles: readonly string[],
): Promise<SecondPerson> {
  const password = 'correct horse battery staple';
  await product.headquarters('accounts', { account, name: account, roles, password });
  const { headquarters: url } = product.demo;
  const headers = { 'content-type': 'application/json', origin: url };
  const signedIn = await fetch(`${url}/api/sign-in`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ account, password }),
  });
  if (!signedIn.ok) throw new Error(`sign-in answered ${signedIn.status}`);
  const cookie = (signedIn.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  return {
    account,
    headquarters: async <T>(path: string, body?: object): Promise<T> => {
      const answer = await fetch(`${url}/api/${path}`, {
        headers: { ...headers, cookie },
        ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
      });
      if (!answer.ok)
        throw new Error(`headquarters: ${path} answered ${answer.status} ${await answer.text()}`);
      return (await answer.json()) as T;
    },
  };
}
