// The MQTT link on both brokers that we ship with.
import { openMqttLink } from '../../sync/mqtt-link.ts';
import { describeLink } from '../contracts/link.ts';
import { startAedesBroker } from '../simulators/aedes-broker.ts';
import { startMosquitto } from '../simulators/mosquitto.ts';

describeLink('aedes', openMqttLink, (login) => startAedesBroker(login ? { login } : {}));
describeLink('mosquitto', openMqttLink, (login) => startMosquitto(login ? { login } : {}));
