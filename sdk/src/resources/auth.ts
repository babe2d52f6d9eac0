import type { Core, Wire } from '../core.js';
import type { Credentials } from '../credentials.js';
import { AuthApi } from '../generated/apis/AuthApi.js';
import type { Registration } from '../generated/models/Registration.js';
import type { Session } from '../generated/models/Session.js';
import { Configuration } from '../generated/runtime.js';
import type { RequestOptions } from '../options.js';
import type { Reply } from '../reply.js';

const api = (wire: Wire) => new AuthApi(new Configuration(wire));

export interface Login {
  email: string;
  password: string;
}

/** The calls that need no session, for the client's own use as well. */
export const createEntrance = (core: Core) => ({
  login: ({ email, password }: Login, options?: RequestOptions): Reply<Session> =>
    core.call((wire) => api(wire).loginUserRaw({ username: email, password, grantType: 'password' }), {
      ...options,
      open: true,
    }),
  /**
   * A refresh token works once, and for 10 s more where the answer was lost; after that it ends the session. So the third attempt begins
   * within those, and may take its time: another would come too late.
   */
  refresh: (refreshToken: string, options?: RequestOptions): Reply<Session> =>
    core.call((wire) => api(wire).refreshSessionRaw({ refreshRequest: { refreshToken } }), {
      ...options,
      open: true,
      hastyMs: 3_000,
    }),
});

export const createAuth = (core: Core, credentials: Credentials) => {
  const entrance = createEntrance(core);
  const adopted = (reply: Reply<Session>): Reply<Session> => {
    reply.then(credentials.adopt, () => undefined);
    return reply;
  };
  return {
    /** Opens an account. The client goes on as its user, unless it has an API key. */
    register: (registration: Registration, options?: RequestOptions): Reply<Session> =>
      adopted(
        core.call((wire) => api(wire).registerUserRaw({ registration }), { ...options, open: true, repeatable: false }),
      ),
    /** Opens a session. The client goes on with it, unless it has an API key. */
    login: (login: Login, options?: RequestOptions): Reply<Session> => adopted(entrance.login(login, options)),
    /** Renews a session. A client with a `refreshToken` does so by itself. */
    refresh: (refreshToken: string, options?: RequestOptions): Reply<Session> =>
      adopted(entrance.refresh(refreshToken, options)),
    /** Ends the session, with every token made from it. */
    logout: (options?: RequestOptions): Reply<void> => {
      const reply = core.done((wire) => api(wire).logoutUserRaw(), options);
      reply.then(credentials.drop, () => undefined);
      return reply;
    },
    /** Who the credentials belong to. */
    me: (options?: RequestOptions) => core.call((wire) => api(wire).getCurrentUserRaw(), options),
    /** A ticket opens one stream or socket, once, where headers cannot be sent: `?ticket=`. */
    createStreamTicket: (options?: RequestOptions) => core.call((wire) => api(wire).createStreamTicketRaw(), options),
  };
};

export type Auth = ReturnType<typeof createAuth>;
