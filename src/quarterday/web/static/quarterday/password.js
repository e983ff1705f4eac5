// Lets somebody see the password that they type; it is sent hidden again.
"use strict";

for (const field of document.querySelectorAll("input[type=password]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "govuk-button govuk-button--secondary site-reveal";
  const say = () => {
    button.textContent = field.type === "password" ? "Show what you type" : "Hide what you type";
  };
  button.addEventListener("click", () => {
    field.type = field.type === "password" ? "text" : "password";
    say();
  });
  if (field.form) {
    field.form.addEventListener("submit", () => {
      field.type = "password";
      say();
    });
  }
  say();
  field.after(button);
}
