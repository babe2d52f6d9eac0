import assert from 'node:assert/strict';
import { documentWithSamples } from '../../src/contract/codeSamples.ts';
import { type HttpMethod, listOperations } from '../../src/contract/document.ts';
import { sdkMethods } from '../../src/contract/sdkMethods.ts';
import { methods } from '../sdk/operations.ts';

interface Sampled {
  'x-codeSamples': { label: string; source: string }[];
}

function samplesOf(path: string, method: HttpMethod): Sampled['x-codeSamples'] {
  const operation = documentWithSamples().paths[path]?.[method];
  assert.ok(operation);
  return (operation as object as Sampled)['x-codeSamples'];
}

describe('the samples of the reference', () => {
  it('show every operation for the shell and for the SDK', () => {
    for (const { path, method, operationId } of listOperations()) {
      const [curl, sdk] = samplesOf(path, method);
      assert.match(curl?.source ?? '', /^curl /, operationId);
      assert.ok(sdk?.source.includes(`client.${sdkMethods[operationId]}(`), operationId);
    }
  });

  it('name the methods that the SDK has', () => {
    for (const [operationId, name] of Object.entries(sdkMethods)) {
      if (operationId === 'createTask') continue;
      const call = methods[operationId as keyof typeof methods].toString();
      assert.ok(call.includes(`${name}(`), `${operationId} is not ${name} but ${call}`);
    }
  });

  it('ask for authorization where the operation does', () => {
    for (const { path, method, operationId, public: isPublic } of listOperations()) {
      assert.equal(samplesOf(path, method)[0]?.source.includes('$TOKEN'), !isPublic, operationId);
    }
  });
});
