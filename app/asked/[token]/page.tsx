/** Where a mailbox answers whether it may be mailed. Showing it writes nothing. */
import { Paper, Stack, Text, Title } from "@mantine/core";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { SegueMark } from "#components/frame/Brand.tsx";
import { readQuestion } from "#lib/services/asking/answer.ts";
import { Refusal } from "#lib/services/verb/errors.ts";
import { context } from "#server/page.ts";
import { AnswerForm } from "./_parts/AnswerForm.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const words = await getTranslations("asked");
  return {
    title: words("titleGone"),
    // The address is a secret, which must not be sent on to any other page, nor be found by searching.
    referrer: "no-referrer",
    robots: { index: false, follow: false },
  };
}

interface Params {
  params: Promise<{ token: string }>;
}

export default async function AskedPage({ params }: Params) {
  const { token } = await params;
  const question = await readQuestion(await context(), token).catch((error: unknown) => {
    if (error instanceof Refusal && error.code === "not_found") return null;
    throw error;
  });
  if (!question) notFound();
  const { asker, kind } = question;
  const words = await getTranslations("asked");
  return (
    <Paper p={{ base: "lg", sm: "xl" }} maw={520} mx="auto" style={{ overflowWrap: "anywhere" }}>
      <Stack gap="lg">
        <div>
          <SegueMark size={36} />
          <Title order={1} mt={8}>
            {words(asker === null ? "titleGone" : `of.${kind}.title`)}
          </Title>
        </div>
        {asker === null ? null : <Text>{words(`of.${kind}.text`, { asker })}</Text>}
        <AnswerForm token={token} question={question} />
      </Stack>
    </Paper>
  );
}
