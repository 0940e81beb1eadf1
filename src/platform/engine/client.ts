/** The connection to Temporal, the same for API, worker and tools. */
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { Client, Connection } from '@temporalio/client'
import type { DataConverter } from '@temporalio/common'
import type { Settings } from '../config/env.ts'
import type { CodecKey } from './payload-codec.ts'
import { createPayloadCodec, createWorkerPayloadCodec } from './payload-codec.ts'
import { sealing } from './sealing.ts'

/** Path of the failure converter: loaded by path in client, worker and workflow bundle. */
export const failureConverterPath = fileURLToPath(new URL('./failure-converter.cjs', import.meta.url))

/** How payloads and failures are written: encrypted. */
export function dataConverterFor(keys: readonly CodecKey[]): DataConverter {
  return { failureConverterPath, payloadCodecs: [createPayloadCodec(keys)] }
}

/** The same for workers, which must go on when somebody sends what they cannot decrypt. */
export function workerDataConverterFor(keys: readonly CodecKey[]): DataConverter {
  return { failureConverterPath, payloadCodecs: [createWorkerPayloadCodec(keys)] }
}

/** What clients that speak to our workflows are made with. */
export function clientOptionsFor(keys: readonly CodecKey[]) {
  return { dataConverter: dataConverterFor(keys), interceptors: { workflow: [sealing] } }
}

type TemporalSettings = Pick<
  Settings,
  | 'temporalAddress'
  | 'temporalNamespace'
  | 'temporalApiKey'
  | 'temporalTls'
  | 'temporalTlsClientCertPath'
  | 'temporalTlsClientKeyPath'
  | 'temporalTlsServerCaCertPath'
  | 'temporalTlsServerName'
>

/** Address and credentials in the form both the client's and the worker's connection take. */
export async function connectionOptions(settings: TemporalSettings) {
  const read = (path: string | undefined) => (path ? readFile(path) : undefined)
  const [crt, key, serverRootCACertificate] = await Promise.all([
    read(settings.temporalTlsClientCertPath),
    read(settings.temporalTlsClientKeyPath),
    read(settings.temporalTlsServerCaCertPath),
  ])
  const tls = {
    ...(crt && key ? { clientCertPair: { crt, key } } : {}),
    ...(serverRootCACertificate ? { serverRootCACertificate } : {}),
    ...(settings.temporalTlsServerName ? { serverNameOverride: settings.temporalTlsServerName } : {}),
  }
  return {
    address: settings.temporalAddress ?? '127.0.0.1:7233',
    ...(settings.temporalTls ? { tls } : {}),
    ...(settings.temporalApiKey ? { apiKey: settings.temporalApiKey } : {}),
  }
}

/** A client that connects when it is first used, so that a service starts although Temporal is away. */
export async function createTemporalClient(settings: TemporalSettings, keys: readonly CodecKey[]): Promise<Client> {
  const connection = Connection.lazy(await connectionOptions(settings))
  return new Client({ connection, namespace: settings.temporalNamespace, ...clientOptionsFor(keys) })
}
