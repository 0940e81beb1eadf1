/** What connectors look like from outside. */
import { z } from 'zod'
import { fieldProblem } from '../../domain/shared/field-errors.ts'
import { line, page, paging, webAddress } from '../../platform/http/schemas.ts'
import { rule } from '../../platform/http/validation-messages.ts'
import { connectorKinds } from './connectors.table.ts'

const name = line(200)

/** An http or https URL without credentials. */
export const connectorUrl = webAddress(2048)

const notASecret = fieldProblem('invalid_format', 'must be whsec_ followed by 24 to 64 bytes in base64', {
  format: 'webhook_secret',
})

/** Standard Webhooks: `whsec_` and 24 to 64 bytes in base64. */
export const webhookSecret = z.string().superRefine(rule((text) => (isSecret(text) ? undefined : notASecret)))

export const createConnectorBody = z
  .strictObject({
    name,
    kind: z.enum(connectorKinds).default('webhook'),
    url: connectorUrl,
    secret: webhookSecret.optional().meta({ description: 'Signing secret; made and returned once when left out.' }),
  })
  .meta({ id: 'CreateConnector' })
export type CreateConnector = z.output<typeof createConnectorBody>

export const updateConnectorBody = z
  .strictObject({ name: name.optional(), url: connectorUrl.optional(), secret: webhookSecret.optional() })
  .meta({ id: 'UpdateConnector' })
export type UpdateConnector = z.output<typeof updateConnectorBody>

/** The secret is not among its fields: it is shown once, when it is made. */
export const connectorShape = z
  .object({
    id: z.uuid(),
    name: z.string(),
    kind: z.enum(connectorKinds),
    url: z.string(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'Connector' })
export type ConnectorView = z.output<typeof connectorShape>

export const createdConnectorShape = connectorShape.extend({ secret: z.string() }).meta({ id: 'CreatedConnector' })
export type CreatedConnector = z.output<typeof createdConnectorShape>

export const connectorsQuery = z.strictObject(paging)
export const connectorsPage = page(connectorShape).meta({ id: 'Connectors' })

function isSecret(text: string): boolean {
  const encoded = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(text)?.[1]
  if (!encoded || encoded.length % 4 !== 0) return false
  const { length } = Buffer.from(encoded, 'base64')
  return length >= 24 && length <= 64
}
