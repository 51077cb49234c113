import { expect, test } from "vitest";
import { ConfigError } from "../configError.ts";
import { connectionTo } from "./serverAddress.ts";
import { sharesOf } from "./shares.ts";

const to = (url: string, ca: string | null = null) => connectionTo({ url, ca });
const refusal = (url: string): string => {
  try {
    to(url);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as Error).message;
  }
  return "none";
};

test("a server that isn't on this machine is reached with TLS and a certificate that is checked", () => {
  const checked = { ssl: { rejectUnauthorized: true } };
  for (const mode of ["", "?sslmode=require", "?sslmode=verify-full", "?ssl=true"]) {
    expect(to(`postgres://u:p@db.example:5432/segue${mode}`)).toMatchObject(checked);
  }
  expect(to("postgres://u:p@db.example/segue?sslmode=require&application_name=x", "PEM")).toEqual({
    connectionString: "postgres://u:p@db.example/segue?application_name=x",
    ssl: { rejectUnauthorized: true, ca: "PEM" },
  });
});

test("none is needed on this machine, and it is taken where it is asked for", () => {
  for (const host of ["localhost", "127.0.0.1", "[::1]"]) {
    expect(to(`postgres://u@${host}:5432/segue`)).toMatchObject({ ssl: false });
    expect(to(`postgres://u@${host}/segue?sslmode=disable`)).toMatchObject({ ssl: false });
    expect(to(`postgres://u@${host}/segue?sslmode=require`)).toMatchObject({
      ssl: { rejectUnauthorized: true },
    });
  }
  for (const user of ["u", "u:my pass", "u:p%w", "u:p%25w"]) {
    const socket = `postgres://${user}@/segue?host=/var/run/postgresql`;
    expect(to(`${socket}&sslmode=prefer`)).toEqual({ connectionString: socket, ssl: false });
  }
});

test.each(["disable", "allow", "prefer", "no-verify"])(
  "sslmode=%s towards another machine is refused in one line that names the setting",
  (mode) => {
    expect(refusal(`postgres://u:secret@10.0.0.5/segue?sslmode=${mode}`)).toMatch(
      new RegExp(`^DATABASE_URL: sslmode=${mode} would [^\n]+ 10\\.0\\.0\\.5 [^\n]+CA_FILE[^\n]+$`),
    );
  },
);

test.each(["sslrootcert", "sslcert", "sslkey"])(
  "a file named by %s is refused, not left unread",
  (name) => {
    expect(refusal(`postgres://u:secret@db.example/segue?${name}=/ca.pem`)).toMatch(
      new RegExp(`^DATABASE_URL: ${name} isn't read[^\n]+DATABASE_CA_FILE[^\n]+$`),
    );
  },
);

test("at Supabase's pooler a user without the project's reference is named", () => {
  const host = "aws-0-eu-central-1.pooler.supabase.com";
  expect(refusal(`postgres://postgres:secret@${host}:6543/postgres`)).toMatch(
    new RegExp(`^DATABASE_URL: at ${host} the user must be "postgres\\." [^\n]+$`),
  );
  expect(refusal(`postgres://postgres.abcdef:secret@${host}:6543/postgres`)).toBe("none");
});

test("a process never has more connections than it is given", () => {
  for (let all = 4; all <= 100; all++) {
    const { work, jobs } = sharesOf(all);
    expect(work + jobs + 1).toBe(all);
    expect(Math.min(work - 1, jobs)).toBeGreaterThanOrEqual(1);
  }
  expect(sharesOf(15)).toEqual({ work: 10, jobs: 4 });
});
