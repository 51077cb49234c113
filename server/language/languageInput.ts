import { z } from "zod";
import { language } from "#lib/services/verb/input.ts";

export const languageInput = z.object({ language });
