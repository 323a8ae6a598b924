import { type Decoded, type Decoder, fault } from "../decoder.ts";

/** A decoder for every member of a union of messages. */
export type MessageDecoders<Message extends { readonly type: string }> = {
  readonly [Type in Message["type"]]: Decoder<Extract<Message, { type: Type }>>;
};

/** Checks a message by the decoder of its type. */
export function decodeMessage<Message extends { readonly type: string }>(
  decoders: MessageDecoders<Message>,
  value: unknown,
): Decoded<Message> {
  const byType = new Map<unknown, Decoder<Message>>(Object.entries(decoders));
  const type = typeof value === "object" && value !== null && "type" in value ? value.type : value;
  return byType.get(type)?.(value) ?? fault("a message that is known", type);
}
