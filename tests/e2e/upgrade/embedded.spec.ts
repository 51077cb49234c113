/** Data folders of earlier versions. */
import { eachLives } from "./lives.ts";

eachLives("embedded");
