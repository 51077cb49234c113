/** Structured lines on standard output. Tokens and links never go into one. */
import pino from "pino";

export type Logger = pino.Logger;

export const createLogger = (level: string): Logger =>
  pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: ["*.accessToken", "*.refreshToken", "*.authorization", "*.joinUrl", "*.password"],
      censor: "[redacted]",
    },
  });
