import { Badge, Tooltip } from "@mantine/core";
import { videoSetupWords } from "#components/words/videoSetup.ts";

const words = videoSetupWords.now;

/** Says plainly that this is not the provider's own service. */
export function SandboxBadge() {
  return (
    <Tooltip label={words.sandboxHint}>
      <Badge color="gray" variant="light" tabIndex={0}>
        {words.sandbox}
      </Badge>
    </Tooltip>
  );
}
