// Gives the person a file that the page made.

/** @param name with its end */
export function saveFile(name: string, content: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // a browser may still be asking where to put it
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
