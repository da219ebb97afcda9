// Bodies that are right, as far as the kinds of their fields go.
const right = { string: "abc", integer: 1, number: 1, boolean: true, integers: [1], strings: ["a"], object: {}, json: {} };
let number = 0;

function rightValue(field) {
  if (field.choices) return field.choices.split("|")[0];
  if (field.key === "email") return `someone${(number += 1)}@example.org`;
  if (field.kind === "json" && field.shapes.length > 0 && !field.shapes.includes("object")) return { array: [], text: "abc", number: 1, boolean: true }[field.shapes[0]];
  return right[field.kind];
}

export function rightBody(fields) {
  const body = {};
  for (const field of fields) {
    if (field.kind === "ignored") continue;
    if (field.kind === "object") body[field.key] = rightBody(field.fields);
    else if (field.required) body[field.key] = rightValue(field);
  }
  return body;
}
