/** Structured lines on standard output. Tokens, links and passcodes never go into one. */
import pino from "pino";

export type Logger = pino.Logger;

/**
 * The embedded database attaches a failed query's text and parameters to its error. A mail's body or a
 * password's hash may be among them.
 */
function withoutQuery(error: Error) {
  const { type, message, stack, code } = pino.stdSerializers.err(error) as Record<string, unknown>;
  return { type, message, stack, ...(code !== undefined && { code }) };
}

/** `destination` is standard output unless a test passes its own. */
export const createLogger = (level: string, destination?: pino.DestinationStream): Logger => {
  const options: pino.LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: withoutQuery },
    redact: {
      paths: [
        "*.accessToken",
        "*.refreshToken",
        "*.authorization",
        "*.joinUrl",
        "*.password",
        "*.passcode",
      ],
      censor: "[redacted]",
    },
  };
  return destination ? pino(options, destination) : pino(options);
};
