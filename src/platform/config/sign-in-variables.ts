/** How people sign in, and by which identity provider. */
import * as is from './schemas.ts'
import { define } from './variable.ts'

export const signInVariables = {
  OIDC_ISSUER: define({
    group: 'Sign-in',
    schema: is.webUrl('https://login.example.com'),
    example: 'https://login.example.com',
    doc: 'Identity provider for sign-in by OpenID Connect: its issuer, exactly as its discovery document has it. Takes OIDC_CLIENT_ID and OIDC_CLIENT_SECRET beside it: see docs/sign-in.md.',
  }),
  OIDC_CLIENT_ID: define({
    group: 'Sign-in',
    schema: is.text('the client id'),
    doc: 'Client id at the identity provider.',
  }),
  OIDC_CLIENT_SECRET: define({
    group: 'Sign-in',
    schema: is.text('the client secret'),
    secret: true,
    doc: 'Client secret at the identity provider.',
  }),
  OIDC_SCOPES: define({
    group: 'Sign-in',
    schema: is.scopes,
    default: 'openid profile email',
    doc: 'What is asked for at the identity provider; some put groups into a scope of their own.',
  }),
  OIDC_NAME: define({
    group: 'Sign-in',
    schema: is.shortText('a name', 60),
    defaultDoc: 'the host of OIDC_ISSUER',
    example: 'Example Login',
    doc: 'What people call the identity provider: stands on the button of the sign-in page.',
  }),
  OIDC_PROVISION: define({
    group: 'Sign-in',
    schema: is.oneOf(['refuse', 'create']),
    default: 'refuse',
    doc: 'What becomes of people who sign in at the identity provider and are nobody here: `refuse`, or `create` makes a user of their name and verified address.',
  }),
  OIDC_VERIFIED_CLAIM: define({
    group: 'Sign-in',
    schema: is.text('the name of a claim'),
    default: 'email_verified',
    doc: 'Claim that says that the address is verified. Another one than `email_verified` only for a provider that has none, such as `xms_edov` of Microsoft Entra ID.',
  }),
  OIDC_ADMIN_CLAIM: define({
    group: 'Sign-in',
    schema: is.text('the name of a claim'),
    example: 'groups',
    doc: 'Claim that makes administrators, text or a list of texts; with dots for one within another (realm_access.roles). Read at each sign-in: the role comes with it and, where it gave the role, goes with it.',
  }),
  OIDC_ADMIN_VALUES: define({
    group: 'Sign-in',
    schema: is.words,
    example: 'gatehouse-admins',
    doc: 'Values of OIDC_ADMIN_CLAIM that make somebody an administrator, with commas between them.',
  }),
  OIDC_ACR_VALUES: define({
    group: 'Sign-in',
    schema: is.text('values with spaces between them'),
    example: 'urn:example:mfa',
    doc: 'Authentication contexts (acr) of which a fresh sign-in at the identity provider must have one, with spaces between them. They are asked for; a sign-in that comes back without one does not count as fresh.',
  }),
  PASSWORD_SIGN_IN: define({
    group: 'Sign-in',
    schema: is.oneOf(['on', 'administrators', 'off']),
    default: 'on',
    doc: 'Who may sign in with a password: everybody who has one, administrators only, or nobody (which takes OIDC_ISSUER). The way back in when the identity provider fails is to set it to `administrators` and start again.',
  }),
}
