/** Setting a password by a one-time link: asked for by anybody or sent by an administrator, and used. */
import type { RouteDefinition } from '../../platform/http/route.ts'
import { accepted, noContent, route } from '../../platform/http/route.ts'
import { idParams } from '../../platform/http/schemas.ts'
import type { PasswordLinks } from './password-links.commands.ts'
import { passwordByLinkBody, passwordLinkParams, passwordResetBody } from './sessions.schemas.ts'

export function passwordLinksRoutes({ passwordLinks }: { passwordLinks: PasswordLinks }): RouteDefinition[] {
  const byAnyone = { method: 'post', tag: 'Session', ability: 'password.reset', documents429: true } as const
  const byAdministrators = { method: 'post', tag: 'Users', ability: 'credentials.write', params: idParams } as const
  return [
    route({
      ...byAnyone,
      path: '/password-resets',
      summary: 'Ask for a link to set a new password',
      body: passwordResetBody,
      responses: { 202: { description: 'A mail is sent if somebody signs in with this address' } },
      handler: async (call) => {
        await passwordLinks.requestReset(call, call.body.email)
        return accepted()
      },
    }),
    route({
      ...byAnyone,
      path: '/password-resets/{token}',
      summary: 'Set a password with a one-time link; every session and API token ends',
      params: passwordLinkParams,
      body: passwordByLinkBody,
      responses: { 204: { description: 'Set' } },
      handler: async (call) => {
        await passwordLinks.setPassword(call, call.params.token, call.body.password)
        return noContent
      },
    }),
    route({
      ...byAdministrators,
      path: '/users/{id}/invitation',
      summary: 'Mail a user a link to set their first password; it is good for 7 days',
      responses: { 202: { description: 'The mail is on its way' } },
      handler: async (call) => {
        await passwordLinks.sendTo(call, call.params.id, 'invitation')
        return accepted()
      },
    }),
    route({
      ...byAdministrators,
      path: '/users/{id}/password-reset',
      summary: 'Mail a user a link to set a new password; it is good for an hour',
      responses: { 202: { description: 'The mail is on its way' } },
      handler: async (call) => {
        await passwordLinks.sendTo(call, call.params.id, 'reset')
        return accepted()
      },
    }),
  ]
}
