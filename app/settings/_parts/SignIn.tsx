import { Paper, Stack, Title } from "@mantine/core";
import { getTranslations } from "next-intl/server";
import { waitingAddress } from "#lib/services/people/askToConfirm.ts";
import { refusedAddress } from "#lib/services/telling/refusedAddress.ts";
import { context, requirePerson } from "#server/page.ts";
import { AddressForm } from "./AddressForm.tsx";
import { DeleteAccount } from "./DeleteAccount.tsx";
import { PasswordForm } from "./PasswordForm.tsx";

/** What somebody signs in with. */
export async function SignIn() {
  const person = await requirePerson("tutor", "student", "admin");
  const words = await getTranslations("settings");
  const ctx = await context();
  const waiting = await waitingAddress(ctx, person);
  const refused = await refusedAddress(ctx, person);
  return (
    <Paper p="lg" component="section" aria-labelledby="address">
      <Title order={2} id="address" mb="md">
        {words("signIn")}
      </Title>
      <Stack gap="xl" maw={440}>
        <AddressForm
          email={person.email}
          isConfirmed={person.isConfirmed}
          waiting={waiting}
          refused={refused}
        />
        <PasswordForm />
        <DeleteAccount />
      </Stack>
    </Paper>
  );
}
