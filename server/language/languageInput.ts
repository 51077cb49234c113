import { z } from "zod";
import { language } from "#lib/services/input.ts";

export const languageInput = z.object({ language });
