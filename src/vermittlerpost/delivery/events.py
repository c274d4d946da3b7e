"""What can happen to a letter on its way."""

from vermittlerpost.journal.events import Kind

PROVIDED = Kind("letter.provided", "Schreiben {letter} in Portal und BiPRO bereitgestellt.", announced=True)
QUEUED_FOR_PRINT = Kind("letter.queued_for_print", "Schreiben {letter} für den Druck vorgemerkt.")
BATCHED = Kind("letter.batched", "Schreiben {letter} im Druckstapel {batch}.")
HANDED_OVER = Kind("letter.handed_over", "Schreiben {letter} mit Druckstapel {batch} übergeben.")
RECALLED = Kind("letter.recalled", "Druckstapel {batch} zurückgerufen, Schreiben {letter} wieder vorgemerkt.")
WITHDRAWN = Kind("letter.withdrawn", "Schreiben {letter} vor der Übergabe zurückgezogen: {reason}.")
RETURNED = Kind("letter.returned", "Schreiben {letter} kam mit der Post zurück: {reason}.")
RECEIVED = Kind("letter.receipt", "Schreiben {letter}: {receipt} durch {actor}.")
BATCH_BUILT = Kind("print_batch.built", "Druckstapel mit {letters} Schreiben gebildet, SHA-256 {sha256}.")
BATCH_HANDED_OVER = Kind("print_batch.handed_over", "Druckstapel an die Druckerei übergeben.")
BATCH_RECALLED = Kind("print_batch.recalled", "Druckstapel zurückgerufen: {reason}.")
READ = Kind("letter.read", "Schreiben {letter} als gelesen vermerkt.")
UNREAD = Kind("letter.unread", "Schreiben {letter} wieder als ungelesen vermerkt.")
DONE = Kind("letter.done", "Schreiben {letter} von Hand als erledigt vermerkt.")
REOPENED = Kind("letter.reopened", "Schreiben {letter} wieder geöffnet.")
ASSIGNED = Kind("letter.assigned", "Schreiben {letter} in Arbeit bei {after} (bisher {before}).")
