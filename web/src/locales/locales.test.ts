import { compileMessage } from '@lingui/message-utils/compileMessage';
import { describe, expect, it } from 'vitest';
import { appMessages, locales, readPo, serverMessages } from '../../scripts/messages.mjs';

const valuesIn = (message: string) => new Set(message.match(/(?<=\{)\w+(?=[},])/g));
const used: string[] = [...new Set([...appMessages(), ...serverMessages()])];

describe.each(locales)('%s.po', (locale) => {
  const messages: Map<string, string> = readPo(locale);

  it('has every sentence of the code', () => {
    expect(used.filter((id) => !messages.get(id))).toEqual([]);
  });

  it('has nothing else', () => {
    expect([...messages.keys()].filter((id) => id && !used.includes(id))).toEqual([]);
  });

  it('uses the same values as the code', () => {
    const wrong = used.filter((id) => {
      const names = valuesIn(messages.get(id) ?? '');
      return [...valuesIn(id)].some((name) => !names.has(name)) || names.size !== valuesIn(id).size;
    });
    expect(wrong).toEqual([]);
  });

  it('can be compiled', () => {
    for (const message of messages.values()) expect(() => compileMessage(message)).not.toThrow();
  });
});

it('writes French with its apostrophes and spaces', () => {
  const french: Map<string, string> = readPo('fr');

  expect([...french.values()].filter((message) => /'| [;!?:»]|« /.test(message))).toEqual([]);
});
