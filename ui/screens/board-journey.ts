// The screens of the visitor who looks at homes, fetched together.
import './adverse-facts-screen.ts';
import './board-screen.ts';
import './buildings-screen.ts';
import './projects-screen.ts';
import './search-screen.ts';
import './unit-screen.ts';
