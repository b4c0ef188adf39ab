/** The messages of the wire, from `contract.binpb`: the project's protos without comments and bounds (`sdk/contract`). */
import { readFileSync } from 'node:fs';
import grpc from '@grpc/grpc-js';
import loader from '@grpc/proto-loader';

const definition = loader.loadFileDescriptorSetFromBuffer(
  readFileSync(new URL('../contract.binpb', import.meta.url)),
  { longs: String, enums: Number, bytes: Buffer, defaults: true, oneofs: true },
);

export const PluginService = grpc.makeClientConstructor(definition['keywarden.plugin.v1.PluginService'], 'PluginService');

const status = definition['keywarden.sdk.Status'];
const errorInfo = definition['keywarden.sdk.ErrorInfo'];
const refusals = definition['keywarden.plugin.v1.Refusal'].type.value;

export function refusalName(number) {
  return refusals.find((each) => each.number === number)?.name ?? String(number);
}

const ORDINARY_REASONS = ['GRANT_REVOKED', 'GRANT_NOT_LIVE', 'SHUTTING_DOWN'];
const ORDINARY_CODES = [grpc.status.CANCELLED, grpc.status.UNAVAILABLE];

/** The broker's reason, undefined if the failure is not of the broker's making. */
export function reasonOf(error) {
  for (const bytes of error.metadata?.get('grpc-status-details-bin') ?? []) {
    for (const detail of status.deserialize(bytes).details) {
      if (detail.typeUrl.endsWith('/google.rpc.ErrorInfo')) {
        const { domain, reason } = errorInfo.deserialize(detail.value);
        if (domain === 'keywarden') {
          return reason;
        }
      }
    }
  }
  return undefined;
}

/** By name only: messages are for people and may hold anything. */
export function nameOf(error) {
  return reasonOf(error) ?? grpc.status[error.code] ?? 'UNKNOWN';
}

/** Whether a use of a capability ended as most do: the focus moved on, or the broker is gone. */
export function isOrdinaryEnd(error) {
  const reason = reasonOf(error);
  return reason ? ORDINARY_REASONS.includes(reason) : ORDINARY_CODES.includes(error.code);
}
