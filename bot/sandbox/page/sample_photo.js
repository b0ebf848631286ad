/** A ready snapshot for those who try the demo on a laptop with no photo at hand; drawn here, so it holds nobody's data. */

import { WORDS } from "./words.js";

const WIDTH = 1280;
const HEIGHT = 960;
const WALLS = ["#dfe7dc", "#e8e2d4", "#d9e3ea"];

/** @param {number} number differs from photo to photo, so that copies are not identical @param {string} time shown on the wall */
export async function samplePhoto(number, time) {
  const canvas = document.createElement("canvas");
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const pen = canvas.getContext("2d");
  drawClassroom(pen, number);
  pen.fillStyle = "#f4f7f4";
  pen.font = "600 64px system-ui, sans-serif";
  pen.fillText(`${WORDS.samplePlace} · ${time}`, 270, 300);
  pen.font = "44px system-ui, sans-serif";
  pen.fillText(`${WORDS.sampleCaption} № ${number}`, 270, 380);
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.86));
  return new File([blob], `snimok_${number}.jpg`, { type: "image/jpeg" });
}

function drawClassroom(pen, number) {
  const box = (colour, x, y, width, height) => {
    pen.fillStyle = colour;
    pen.fillRect(x, y, width, height);
  };
  box(WALLS[number % WALLS.length], 0, 0, WIDTH, 640);
  box("#b98f62", 0, 640, WIDTH, HEIGHT - 640);
  box("#8a6a45", 190, 150, 900, 390);
  box("#2f5d4e", 210, 170, 860, 350);
  for (let row = 0; row < 2; row += 1) {
    for (let desk = 0; desk < 3; desk += 1) {
      const x = 90 + desk * 400 - row * 20;
      const y = 660 + row * 130;
      box("#d8b98c", x, y, 300 + row * 30, 34);
      box("#7d6a55", x + 20, y + 34, 16, 90);
      box("#7d6a55", x + 264 + row * 30, y + 34, 16, 90);
      box("#ffffff", x + 100 + ((number + desk) % 3) * 30, y - 8, 70, 12);
    }
  }
}
