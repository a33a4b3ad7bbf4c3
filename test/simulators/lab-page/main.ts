// Starts the lab page.
export {};
