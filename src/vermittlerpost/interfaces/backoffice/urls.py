"""The addresses of the back office."""

from django.urls import path

from vermittlerpost.interfaces.backoffice import desk, feedings, figures, mails, printing, record
from vermittlerpost.interfaces.backoffice.editing import news
from vermittlerpost.interfaces.backoffice.filing import case, changing, search
from vermittlerpost.interfaces.backoffice.masters import firms, staff, transfers
from vermittlerpost.interfaces.backoffice.procedures import kinds, processes
from vermittlerpost.interfaces.backoffice.worklists import (
    cancellations,
    clarifications,
    inquiries,
    reaching,
    stuck,
    unclear,
    unreached,
)

_WORKLISTS = [
    path("klaerfaelle/", clarifications.overview, name="clarifications"),
    path("klaerfaelle/<str:case>/klaeren/", clarifications.clear, name="clarification_clear"),
    path("klaerfaelle/<str:case>/zuordnen/", clarifications.place, name="clarification_place"),
    path("unklare-meldungen/", unclear.overview, name="unclear"),
    path("unklare-meldungen/antrag/zuordnen/<path:application>/", unclear.sort_application, name="application_sort"),
    path("unklare-meldungen/antrag/ablegen/<path:application>/", unclear.dismiss_application, name="application_drop"),
    path("unklare-meldungen/mitteilung/<int:notice>/", unclear.sort_notice, name="notice_sort"),
    path("unklare-meldungen/mitteilung/<int:notice>/ablegen/", unclear.dismiss_notice, name="notice_drop"),
    path("kuendigungen/", cancellations.proposals, name="proposals"),
    path("kuendigungen/freigabe/", cancellations.approvals, name="approvals"),
    path("kuendigungen/antraege/", cancellations.answered, name="answered"),
    path("kuendigungen/<str:case>/zuruecknehmen/", cancellations.withdraw, name="cancellation_withdraw"),
    path("kuendigungen/<str:case>/bestehen-lassen/", cancellations.uphold, name="cancellation_uphold"),
    path("kuendigungen/<str:case>/vorschlagen/", cancellations.propose, name="cancellation_propose"),
    path("kuendigungen/<str:case>/erinnern/", cancellations.remind_again, name="cancellation_remind_again"),
    path("kuendigungen/<str:case>/freigeben/", cancellations.approve, name="cancellation_approve"),
    path("kuendigungen/<str:case>/ablehnen/", cancellations.decline, name="cancellation_decline"),
    path("rueckfragen/", inquiries.overview, name="inquiries"),
    path("rueckfragen/<str:inquiry>/antwort/", inquiries.answer, name="inquiry_answer"),
    path("anfragen/", inquiries.contact_requests, name="contact_requests"),
    path("anfragen/<str:number>/beantwortet/", inquiries.note_answered, name="contact_request_answered"),
    path("ruecklaeufer/", reaching.returns, name="returns"),
    path("ruecklaeufer/neu/", reaching.note_return, name="return_note"),
    path("ruecklaeufer/<str:letter>/erneut/", reaching.send_again, name="return_send_again"),
    path("ruecklaeufer/<str:letter>/abschliessen/", reaching.settle_return, name="return_settle"),
    path("liegen-geblieben/", stuck.overview, name="stuck"),
    path("liegen-geblieben/abschliessen/<str:kind>/<path:reference>/", stuck.settle, name="stuck_settle"),
    path("liegen-geblieben/erneut/<str:kind>/<path:reference>/", stuck.retry, name="stuck_retry"),
    path("gesperrte-adressen/", reaching.addresses, name="addresses"),
    path("gesperrte-adressen/freigeben/", reaching.restore, name="address_restore"),
    path("niemand-liest-mit/", unreached.overview, name="unreached"),
]
_CASES = [
    path("vorgaenge/", search.search, name="desk_search"),
    path("vorgaenge/<str:case>/", case.overview, name="desk_case"),
    path("vorgaenge/<str:case>/anhalten/", changing.hold, name="desk_hold"),
    path("vorgaenge/<str:case>/fortsetzen/", changing.resume, name="desk_resume"),
    path("vorgaenge/<str:case>/fragen/", changing.ask, name="desk_ask"),
    path("vorgaenge/<str:case>/kuendigung-zuruecknehmen/", changing.revoke, name="desk_revoke"),
    path("vorgaenge/<str:case>/uebergeben/", changing.reroute, name="desk_reroute"),
    path("vorgaenge/<str:case>/beenden/", changing.close, name="desk_close"),
    path("vorgaenge/<str:case>/oeffnen/", changing.reopen, name="desk_reopen"),
    path("schreiben/<str:letter>/erneut/", changing.reissue, name="desk_reissue"),
    path("schreiben/<str:letter>.pdf", case.pdf, name="desk_letter_pdf"),
]
_PRINT = [
    path("druck/", printing.overview, name="printing"),
    path("druck/bilden/", printing.build, name="batch_build"),
    path("druck/<str:batch>/uebergeben/", printing.hand_over, name="batch_hand_over"),
    path("druck/<str:batch>/zurueckrufen/", printing.recall, name="batch_recall"),
    path("druck/<str:batch>.<str:kind>", printing.download, name="batch_file"),
]
_EDITING = [
    path("makler-ticker/", news.overview, name="articles"),
    path("makler-ticker/neu/", news.write, name="article_write"),
    path("makler-ticker/<slug:slug>/", news.revise, name="article_revise"),
    path("makler-ticker/<slug:slug>/zurueckziehen/", news.withdraw, name="article_withdraw"),
]
_MASTERS = [
    path("firmen/", firms.overview, name="firms"),
    path("firmen/agentur/<path:number>/", firms.agency, name="agency"),
    path("firmen/administrator/<path:firm>/", firms.appoint, name="firm_appoint"),
    path("firmen/neu/", firms.create, name="firm_create"),
    path("firmen/stammdaten/<path:firm>/", firms.edit, name="firm_edit"),
    path("firmen/neue-agentur/<path:firm>/", firms.open_agency, name="agency_create"),
    path("firmen/firma/<path:firm>/", firms.firm, name="firm"),
    path("firmen/uebertragungen/", transfers.overview, name="transfers"),
    path("firmen/uebertragungen/neu/", transfers.plan, name="transfer_plan"),
    path("firmen/uebertragungen/<int:transfer>/zurueckziehen/", transfers.withdraw, name="transfer_withdraw"),
    path("personen/", staff.overview, name="staff"),
    path("personen/neu/", staff.create, name="staff_create"),
    path("personen/<str:login_id>/", staff.person, name="staff_person"),
    path("personen/<str:login_id>/einladen/", staff.invite, name="staff_invite"),
    path("personen/<str:login_id>/deaktivieren/", staff.deactivate, name="staff_deactivate"),
    path("personen/<str:login_id>/reaktivieren/", staff.reactivate, name="staff_reactivate"),
    path("personen/<str:login_id>/loesen/", staff.untie, name="staff_untie"),
]
_PROCEDURES = [
    path("prozesse/", processes.overview, name="processes"),
    path("prozesse/schreiben/", kinds.overview, name="letter_kinds"),
    path("prozesse/schreiben/<str:letter_kind>/<str:urgency>/", kinds.kind, name="letter_kind"),
    path("prozesse/schreiben/<str:letter_kind>/<str:urgency>.pdf", kinds.pdf, name="letter_kind_pdf"),
    path("prozesse/umstellung/", processes.switch, name="process_switch"),
    path("prozesse/<str:process>/", processes.process, name="process"),
    path("prozesse/<str:process>/neue-fassung/", processes.draft, name="process_draft"),
]
_FEEDINGS = [
    path("einlieferungen/", feedings.overview, name="feedings"),
    path("einlieferungen/<int:feeding>/", feedings.feeding, name="feeding"),
    path("einlieferungen/<int:feeding>.csv", feedings.download, name="feeding_refusals"),
]
_RECORD = [
    path("journal/", record.overview, name="record"),
    path("journal/export.csv", record.export, name="record_export"),
    path("journal/fund.csv", record.export_found, name="record_export_found"),
]
urlpatterns = [
    path("", desk.overview, name="desk"),
    path("zahlen/", figures.overview, name="figures"),
    path("zugang/", desk.access, name="desk_access"),
    path("mails/", mails.overview, name="mail_log"),
    *_WORKLISTS,
    *_CASES,
    *_PRINT,
    *_EDITING,
    *_MASTERS,
    *_PROCEDURES,
    *_FEEDINGS,
    *_RECORD,
]
