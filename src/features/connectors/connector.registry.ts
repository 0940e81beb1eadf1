/** From the connector a group or flow names to what carries it out. */

import { ConnectorError } from '../../domain/shared/connector-error.ts'
import type { DbOrTx } from '../../platform/db/columns.ts'
import type { Connector } from './connector.ts'
import { type ConnectorRules, type ConnectorTarget, findTarget } from './connectors.repository.ts'
import { createWebhookAgent, createWebhookConnector } from './webhook.connector.ts'

export interface ConnectorRegistryDeps extends ConnectorRules {
  db: DbOrTx
}

export interface ConnectorRegistry {
  /**
   * The connector as it is set up now; null for the local directory.
   * @throws ConnectorError (final) when it no longer exists or its secret cannot be read
   */
  connectorFor(connectorId: string | null): Promise<Connector | null>
  /** Gives up the connections kept to targets. */
  close(): Promise<void>
}

export function createConnectorRegistry({ db, secretBox, allowPrivate }: ConnectorRegistryDeps): ConnectorRegistry {
  const agent = createWebhookAgent({ allowPrivate })
  const connectorOf: Record<ConnectorTarget['kind'], (target: ConnectorTarget) => Connector> = {
    webhook: (target) => createWebhookConnector({ url: target.url, secret: secretOf(target), allowPrivate, agent }),
  }

  return {
    connectorFor: async (connectorId) => {
      if (connectorId === null) return null
      const target = await findTarget(db, secretBox, connectorId)
      if (!target) throw finalError('This connector does not exist any more. Choose another one, then grant again.')
      return connectorOf[target.kind](target)
    },
    close: () => agent.close(),
  }
}

function secretOf({ name, openSecret }: ConnectorTarget): string {
  try {
    return openSecret()
  } catch (cause) {
    const remedy = 'is ENCRYPTION_KEY the one it was saved with? Give the connector a new secret.'
    throw finalError(`The secret of the connector ${name} cannot be read: ${remedy}`, cause)
  }
}

function finalError(message: string, cause?: unknown): ConnectorError {
  return new ConnectorError(message, { retryable: false, cause })
}
