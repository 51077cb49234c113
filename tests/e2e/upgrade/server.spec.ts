/** PostgreSQL databases of earlier versions. */
import { eachLives } from "./lives.ts";

eachLives("server");
