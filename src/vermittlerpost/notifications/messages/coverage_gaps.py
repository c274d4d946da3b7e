"""Nobody of a firm is mailed about some of its letters any more, which its administrators are warned about."""

from vermittlerpost.notifications.messages import Message

COVERAGE_GAPS = Message(
    title="Warnung: Niemand liest mit",
    subject="Niemand liest mit ({agencies})",
    headline="Niemand liest mit",
    lead="über einen Teil der Schreiben bekommt in Ihrer Firma niemand mehr eine E-Mail. Die Schreiben liegen im "
    "Portal bereit, aber wer dort nicht nachsieht, versäumt ihre Fristen. Bitte stellen Sie bei jemandem, der die "
    "Agentur sieht, „Ja“ ein, oder lassen Sie eine gesperrte Adresse berichtigen.",
    facts=(("Ohne Empfänger", "categories"), ("Für", "agencies")),
    action="Lücken ansehen",
    reason="Sie erhalten diese E-Mail, weil Sie Administrator Ihrer Firma sind. Geprüft wird jede Nacht; über dieselbe "
    "Lücke schreiben wir Ihnen nur einmal.",
)
