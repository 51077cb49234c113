/**
 * A run repeats the same few statements thousands of times. Here each is parsed and planned once, and travels
 * in one message where PGlite's own `query` takes five. This is about twice as fast and changes nothing else.
 */
import { type PGlite, protocol } from "@electric-sql/pglite";

const { serialize } = protocol;

interface Statement {
  name: string;
  parameters: number[];
  fields: { name: string; dataTypeID: number }[];
}

export interface Rows {
  rows: Record<string, unknown>[];
  affected: number;
}

export class Prepared {
  readonly #pglite: PGlite;
  readonly #statements = new Map<string, Statement>();

  constructor(pglite: PGlite) {
    this.#pglite = pglite;
  }

  async query(text: string, values: readonly unknown[] = []): Promise<Rows> {
    const statement = this.#statements.get(text) ?? (await this.#prepare(text));
    const { messages } = await this.#pglite.execProtocol(
      joined([
        serialize.bind({
          statement: statement.name,
          values: values.map((value, i) => this.#written(value, statement.parameters[i])),
        }),
        serialize.execute({}),
        serialize.sync(),
      ]),
      { throwOnError: true },
    );
    return this.#read(messages, statement);
  }

  async #prepare(text: string): Promise<Statement> {
    const name = `s${this.#statements.size + 1}`;
    const { messages } = await this.#pglite.execProtocol(
      joined([
        serialize.parse({ name, text }),
        serialize.describe({ type: "S", name }),
        serialize.sync(),
      ]),
      { throwOnError: true },
    );
    const { ParameterDescriptionMessage, RowDescriptionMessage } = protocol.messages;
    const input = messages.find((message) => message instanceof ParameterDescriptionMessage);
    const output = messages.find((message) => message instanceof RowDescriptionMessage);
    const statement = { name, parameters: input?.dataTypeIDs ?? [], fields: output?.fields ?? [] };
    this.#statements.set(text, statement);
    return statement;
  }

  #read(answers: readonly { name: string }[], { fields }: Statement): Rows {
    const { DataRowMessage, CommandCompleteMessage } = protocol.messages;
    const found: Rows = { rows: [], affected: 0 };
    for (const message of answers) {
      if (message instanceof DataRowMessage) {
        const values = message.fields;
        found.rows.push(
          Object.fromEntries(
            fields.map(({ name, dataTypeID }, i) => [
              name,
              this.#parsed(values[i] ?? null, dataTypeID),
            ]),
          ),
        );
      } else if (message instanceof CommandCompleteMessage) {
        found.affected = Number(message.text.split(" ").at(-1)) || 0;
      }
    }
    return found;
  }

  #written(value: unknown, type: number | undefined): string | null {
    if (value === null || value === undefined) return null;
    const serializer = type === undefined ? undefined : this.#pglite.serializers[type];
    return serializer ? serializer(value) : String(value);
  }

  #parsed(value: string | null, type: number): unknown {
    const parser = value === null ? undefined : this.#pglite.parsers[type];
    return parser && value !== null ? parser(value, type) : value;
  }
}

function joined(parts: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
