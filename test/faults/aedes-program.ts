// A program: the embedded broker alone, so that it can be killed. Argument: its port.
import { startAedesBroker } from '../simulators/aedes-broker.ts';

await startAedesBroker({ port: Number(process.argv[2]) });
process.stdout.write('ready\n');
